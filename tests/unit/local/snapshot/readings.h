// Reads fixtures for tests.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/iso8601.h"
#include "server/local/snapshot/document_set.h"
#include "server/local/snapshot/reader.h"

namespace plocal::snapshot {

inline const base::Instant loading = base::parse_iso8601("2026-01-31T12:00:00.123Z").value();

/// The ARN of a resource of account 0 in us-east-1.
inline std::string arn(std::string_view type_and_id) {
    return "arn:aws:personalize:us-east-1:000000000000:" + std::string(type_and_id);
}

/// All fixtures without a problem of their own, and all problems, in order.
struct Reading {
    std::vector<Fixture> fixtures;
    std::vector<FixtureProblem> problems;
};

/// Reads the resources of documents.
inline Reading read(const std::vector<Document>& documents, const lifecycle::Plan& plan = {}) {
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    const lifecycle::PlanOverrides plans(plan);
    FixtureReader reader = DocumentSet(documents, {}).reader({plans, readings});
    Reading reading;
    std::vector<Fixture> batch;
    while (reader.next(batch)) std::ranges::move(batch, std::back_inserter(reading.fixtures));
    reading.problems = reader.problems().list();
    return reading;
}

/// Documents that are called "1.json", "2.json", ...
inline std::vector<Document> named(std::initializer_list<std::string_view> texts) {
    std::vector<Document> documents;
    for (const std::string_view text : texts) {
        documents.push_back({std::to_string(documents.size() + 1) + ".json", std::string(text)});
    }
    return documents;
}

/// Reads documents that are called "1.json", "2.json", ...
inline Reading read(std::initializer_list<std::string_view> texts, const lifecycle::Plan& plan = {}) {
    return read(named(texts), plan);
}

inline std::vector<std::string> problems_of(const Reading& reading) {
    std::vector<std::string> texts;
    for (const FixtureProblem& problem : reading.problems) texts.push_back(problem.text());
    return texts;
}

inline std::vector<std::string> problems_of(std::initializer_list<std::string_view> documents) {
    return problems_of(read(documents));
}

/// A job with its ARN and more members: `job(R"(, "status": "ACTIVE")")`.
inline std::string job(const std::string& more, const std::string& name = "one") {
    return R"({"batchInferenceJob": {"batchInferenceJobArn": ")" + arn("batch-inference-job/" + name) + "\"" + more +
           "}}";
}

}  // namespace plocal::snapshot
