// make_document FILE COUNT: writes a fixtures document with COUNT batch inference jobs.
#include <cstdio>
#include <cstdlib>

#include "tests/bench/big_document.h"

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: make_document FILE COUNT\n", stderr);
        return 2;
    }
    plocal::bench::write_document(argv[1], std::atoi(argv[2]));
    return 0;
}
