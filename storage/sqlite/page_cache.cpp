#include "storage/sqlite/page_cache.h"

#include <algorithm>
#include <new>

#include <sqlite3.h>

namespace plocal::storage::sqlite {
namespace {

using Page = sqlite3_pcache_page;

sqlite3_pcache_methods2 own{};  // SQLite's

/// A cache of SQLite, and an upper bound of the numbers of its pages.
class Cache {
public:
    explicit Cache(sqlite3_pcache* real) : real_(real) {}

    static Cache* of(sqlite3_pcache* handle) { return reinterpret_cast<Cache*>(handle); }
    sqlite3_pcache* handle() { return reinterpret_cast<sqlite3_pcache*>(this); }
    sqlite3_pcache* real() const { return real_; }

    Page* fetch(unsigned number, int may_create) {
        Page* const page = own.xFetch(real_, number, may_create);
        if (page != nullptr) highest_ = std::max(highest_, number);
        return page;
    }

    void renumber(Page* page, unsigned from, unsigned to) {
        own.xRekey(real_, page, from, to);
        if (from == lent_) lent_ = 0;
        if (to > highest_ && lent_ == 0) {
            lent_ = to;
        } else {
            highest_ = std::max(highest_, to);
        }
    }

    /// Drops the pages from this number on.
    void truncate(unsigned limit) {
        highest_ = std::max(highest_, lent_);
        lent_ = 0;
        if (highest_ < limit) return;
        own.xTruncate(real_, limit);
        highest_ = limit - 1;
    }

private:
    sqlite3_pcache* real_;
    unsigned highest_ = 0;
    unsigned lent_ = 0;  // a number above these that a page had last, and may give back
};

sqlite3_pcache* create(int page_bytes, int extra_bytes, int is_purgeable) {
    sqlite3_pcache* const real = own.xCreate(page_bytes, extra_bytes, is_purgeable);
    if (real == nullptr) return nullptr;
    auto* const cache = new (std::nothrow) Cache(real);
    if (cache != nullptr) return cache->handle();
    own.xDestroy(real);
    return nullptr;
}

void destroy(sqlite3_pcache* handle) {
    Cache* const cache = Cache::of(handle);
    own.xDestroy(cache->real());
    delete cache;
}

sqlite3_pcache_methods2 methods() {
    sqlite3_pcache_methods2 methods = own;
    methods.xCreate = create;
    methods.xDestroy = destroy;
    methods.xCachesize = [](sqlite3_pcache* cache, int pages) { own.xCachesize(Cache::of(cache)->real(), pages); };
    methods.xPagecount = [](sqlite3_pcache* cache) { return own.xPagecount(Cache::of(cache)->real()); };
    methods.xFetch = [](sqlite3_pcache* cache, unsigned number, int may_create) {
        return Cache::of(cache)->fetch(number, may_create);
    };
    methods.xUnpin = [](sqlite3_pcache* cache, Page* page, int is_discarded) {
        own.xUnpin(Cache::of(cache)->real(), page, is_discarded);
    };
    methods.xRekey = [](sqlite3_pcache* cache, Page* page, unsigned from, unsigned to) {
        Cache::of(cache)->renumber(page, from, to);
    };
    methods.xTruncate = [](sqlite3_pcache* cache, unsigned limit) { Cache::of(cache)->truncate(limit); };
    methods.xShrink = [](sqlite3_pcache* cache) { own.xShrink(Cache::of(cache)->real()); };
    return methods;
}

}  // namespace

void skip_needless_searches() {
    if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &own) != SQLITE_OK) return;
    sqlite3_pcache_methods2 ours = methods();
    sqlite3_config(SQLITE_CONFIG_PCACHE2, &ours);
}

}  // namespace plocal::storage::sqlite
