// What all code on plain and encrypted streams shares.
#pragma once

#include <type_traits>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::http {

/// Makes an operation return its error code instead of throwing it.
inline constexpr auto as_code = boost::asio::as_tuple(boost::asio::use_awaitable);

/// The socket at the bottom of a stream.
template <class Stream>
boost::asio::ip::tcp::socket& bottom_of(Stream& stream) {
    if constexpr (std::is_same_v<Stream, boost::asio::ip::tcp::socket>) {
        return stream;
    } else {
        return stream.next_layer();
    }
}

}  // namespace plocal::http
