// SQLite's own page cache, but for a search that a commit does not need. SQLite 3.40 searches the whole cache for pages
// beyond the end of the database once pages have changed places, because one of them had the number of the lock page
// meanwhile. That took a quarter of the time of an import of a million rows (seen).
#pragma once

namespace plocal::storage::sqlite {

/// Lets SQLite pass over the search where no page can be found. To be called before the first database is opened, once.
void skip_needless_searches();

}  // namespace plocal::storage::sqlite
