// The source folder, for tests that read golden files. It is the only difference between the tests of two clones, so it
// is a separate library: clones share all other objects in the compiler cache.
#pragma once

namespace plocal::test {

extern const char* const source_folder;

}  // namespace plocal::test
