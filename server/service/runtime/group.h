// The dataset group of a campaign or recommender: its datasets, and which of their rows are seen. On the thread that
// owns the store; every call may throw SqlError.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/service/data/dataset.h"
#include "server/service/resources/context.h"
#include "storage/row_set.h"
#include "storage/store.h"
#include "storage/trainings.h"

namespace plocal::runtime {

class Group {
public:
    /// The group of this ARN; "" and an unknown one have no datasets. Datasets without a schema have no columns to
    /// read, so they are left out.
    Group(resources::Context& context, std::string arn);

    const std::string& arn() const { return arn_; }

    /// Whether a schema may change by the clock alone.
    bool is_changing() const { return is_changing_; }

    /// Returns the dataset of a type ("ITEMS"), or null.
    const data::Dataset* find(std::string_view type) const;

    /// What a request sees of a dataset now, or what a training has seen; nothing for null.
    static storage::RowView view(resources::Context& context, const data::Dataset* dataset);
    static storage::RowView view(resources::Context& context, const data::Dataset* dataset,
                                 const storage::Training& training);

    /// Returns true if any dataset has a row.
    bool has_rows(storage::Store& store) const;

private:
    std::string arn_;
    bool is_changing_ = false;
    std::map<std::string, data::Dataset, std::less<>> datasets_;
};

/// A text that is equal for views of the same rows: of a dataset and of copies that add nothing to it, at each revision
/// between two changes of it. What was put since gives another one.
std::string key_of(const storage::RowView& view, storage::Store& store);

/// A text that names the same dataset before and after its rows change.
std::string subject_of(const storage::RowView& view, storage::Store& store);

}  // namespace plocal::runtime
