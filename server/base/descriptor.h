// A file's or a socket's number that is closed with its owner.
#pragma once

#include <unistd.h>

namespace plocal::base {

class Descriptor {
public:
    /// A negative number is none.
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }

private:
    int number_;
};

}  // namespace plocal::base
