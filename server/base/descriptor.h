// A file descriptor that is closed by its owner's destructor. Not for use by several threads at a time.
#pragma once

#include <utility>

#include <unistd.h>

namespace plocal::base {

class Descriptor {
public:
    /// Takes ownership of an open descriptor. A negative number means no descriptor, and nothing is closed.
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    int get() const { return number_; }

private:
    int number_;
};

}  // namespace plocal::base
