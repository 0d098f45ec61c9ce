// The folder of the sources, for tests that read golden files. It is the one thing in which the tests of two clones
// differ. It is a library of its own, so that clones share all else that the compiler has made.
#pragma once

namespace plocal::test {

extern const char* const source_folder;

}  // namespace plocal::test
