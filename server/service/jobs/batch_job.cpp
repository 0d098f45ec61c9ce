#include "server/service/jobs/batch_job.h"

#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "server/service/jobs/batch_files.h"

namespace plocal::jobs {
namespace {

using base::Json;

/// The object that a member of the document names. A fixture may lack it.
s3::ObjectName path_in(const Json& document, const char* member, const char* place) {
    const Json none = Json::object();
    return object_named(document.value(member, none).value(place, none).value("path", ""));
}

class BatchJob {
public:
    BatchJob(s3::ObjectStore& objects, const storage::Record& record, std::shared_ptr<LineAnswers> answers)
        : objects_(objects), answers_(std::move(answers)), access_{record.owner.region, {}} {
        const Json document = base::parse_json(record.document);
        input_ = path_in(document, "jobInput", "s3DataSource");
        output_ = path_in(document, "jobOutput", "s3DataDestination");
    }

    SliceEnd slice(JobContext& context) {
        try {
            if (!access_.is_aborted) {
                begin(context);
                return SliceEnd::unfinished;
            }
            if (chunk_.empty() && !read_chunk(context)) return publish();
            if (chunk_.empty()) return SliceEnd::unfinished;
            const SliceEnd end = answers_->answer(context, chunk_, *writer_);
            if (end != SliceEnd::done) return end;
            count(context);
            chunk_.clear();
            return SliceEnd::unfinished;
        } catch (const s3::Aborted&) {
            return SliceEnd::aborted;
        }
    }

private:
    void begin(JobContext& context) {
        access_.is_aborted = [&context] { return context.is_aborted(); };
        write_check(objects_, output_, access_);
        files_ = find_batch_files(objects_, input_, output_, access_, answers_->limits(context));
    }

    /// Reads the next lines, none at the end of a file. Returns false where there is no file left.
    bool read_chunk(JobContext& context) {
        if (!lines_) {
            if (next_file_ == files_.size()) return false;
            const BatchFile& file = files_[next_file_];
            reader_ = objects_.read(file.input, access_);
            writer_ = objects_.write(file.output, access_);
            lines_.emplace(*reader_);
        }
        const std::int64_t begin = lines_->bytes();
        BatchLine line;
        while (chunk_.size() < answers_->most_lines() && lines_->bytes() - begin < most_bytes && lines_->next(line)) {
            chunk_.push_back(read_batch_input(line));
        }
        context.progress.bytes += lines_->bytes() - begin;
        if (chunk_.empty()) end_file(context);
        return true;
    }

    /// Outputs appear together: none is left by a job that fails.
    void end_file(JobContext& context) {
        writer_->seal();
        written_.push_back(std::move(writer_));
        lines_.reset();
        reader_.reset();
        ++next_file_;
        ++context.progress.files;
    }

    SliceEnd publish() {
        std::size_t finished = 0;
        try {
            for (; finished < written_.size(); ++finished) written_[finished]->finish();
        } catch (...) {
            while (finished > 0) written_[--finished]->withdraw();
            throw;
        }
        return SliceEnd::done;
    }

    /// Takes the lines that are answered into account. The first error of all is reported.
    void count(JobContext& context) {
        for (const BatchInput& line : chunk_) {
            ++context.progress.lines;
            if (line.error.empty()) continue;
            if (context.progress.errors++ > 0) continue;
            add_detail(context,
                       files_[next_file_].input.url() + ", line " + std::to_string(line.number) + ": " + line.error);
        }
    }

    static constexpr std::int64_t most_bytes = std::int64_t{256} << 10;  // of lines that are answered together

    s3::ObjectStore& objects_;
    const std::shared_ptr<LineAnswers> answers_;
    s3::Access access_;  // complete once the job has begun
    s3::ObjectName input_;
    s3::ObjectName output_;
    std::vector<BatchFile> files_;
    std::size_t next_file_ = 0;
    std::unique_ptr<base::Pieces> reader_;  // of the current file, as are the next ones
    std::optional<BatchLines> lines_;
    std::unique_ptr<s3::ObjectWriter> writer_;
    std::vector<std::unique_ptr<s3::ObjectWriter>> written_;  // of the files before
    std::vector<BatchInput> chunk_;                           // the lines that are being answered
};

}  // namespace

BatchInput read_batch_input(const BatchLine& line) {
    BatchInput input{line.text, {}, line.number};
    if (line.is_too_long) {
        input.error = "The line is longer than 1 MiB.";
        return input;
    }
    try {
        Json value = base::parse_json(line.text);
        if (value.is_object()) {
            input.value = std::move(value);
        } else {
            input.error = "The line is not a JSON object.";
        }
    } catch (const base::JsonError& error) {
        constexpr std::string_view place = "line 1, ";
        std::string_view what = error.what();
        if (what.starts_with(place)) what.remove_prefix(place.size());
        input.error = "The line is not valid JSON: " + std::string(what);
    }
    return input;
}

void pause_for_model() {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void add_detail(JobContext& context, std::string_view text) {
    if (context.detail.find(text) != std::string::npos) return;
    if (!context.detail.empty()) context.detail += "; ";
    context.detail += text;
}

Job batch_job(s3::ObjectStore& objects, const storage::Record& record, std::shared_ptr<LineAnswers> answers) {
    const auto job = std::make_shared<BatchJob>(objects, record, std::move(answers));
    return [job](JobContext& context) { return job->slice(context); };
}

}  // namespace plocal::jobs
