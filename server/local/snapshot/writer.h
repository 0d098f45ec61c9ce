// Writes the resources of a store as one fixtures document, which loads back to the same. On the thread that owns the
// store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/local/snapshot/batches_writer.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/resources/kinds.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// Writes a document in pieces of some 100 KB, and needs no more memory than a piece, and some for each batch of a
/// dataset. Others may use the store between the pieces: a resource that they remove may be missing, one that they
/// create is not there, and each one is whole.
class DocumentWriter {
public:
    /// Resources that one piece reads, and about as many rows: a hold of the gate is short.
    static constexpr std::size_t most_at_once = 150;

    /// The document has the members of `settings`, then the resources of an account, by kind and in the order of their
    /// creation. `account` is "" for all accounts. Resources that AWS owns are included only then. Without
    /// `with_data`, the rows of datasets, the revisions of their groups and those that were trained on are left out.
    /// Store and readings must outlive the writer.
    DocumentWriter(storage::Store& store, lifecycle::ClockReadings& readings, std::string account,
                   resources::StatusNames names, const base::Json& settings, bool with_data = true);

    /// Returns the next piece of the text, which may be empty, or nothing behind the last one. Throws SqlError.
    std::optional<std::string> next();

private:
    char last() const;
    void add(std::string_view before, std::string_view value);
    void read_page();
    void write_page();
    void open_batches(const storage::Record& record, base::Instant now);
    void write_batches();
    void end_kind();

    storage::Store& store_;
    lifecycle::ClockReadings& readings_;
    std::string account_;
    resources::StatusNames names_;
    bool with_data_;
    std::int64_t last_id_;                        // of the resources that are written
    std::string text_;                            // of the piece being written
    char last_ = '\0';                            // of the pieces before it
    std::size_t read_ = 0;                        // resources, for this piece
    std::size_t kind_ = 0;                        // by index in the table of kinds
    bool is_kind_open_ = false;                   // its name has been written
    std::optional<storage::Position> last_read_;  // of the kind
    std::vector<storage::Record> page_;           // what of the present page is to be written, the next one last
    storage::TagRepository::TagsByArn tags_;      // of the page
    std::optional<BatchesWriter> batches_;        // of the dataset that was written last
    std::string behind_batches_;                  // the rest of its text
    bool is_over_ = false;
};

}  // namespace plocal::snapshot
