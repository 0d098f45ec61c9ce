// SQLite's own page cache, but for a search that a commit does not need. Until SQLite 3.45 at least, a commit after
// pages have changed places searches the whole cache for pages beyond the end of the database, which takes as long as
// storing a hundred rows where the cache is large: changing places lends one of them the highest number that there is.
#pragma once

namespace plocal::storage::sqlite {

/// Lets SQLite pass over the search where no page can be found. To be called before the first database is opened, once.
void skip_needless_searches();

}  // namespace plocal::storage::sqlite
