#include "server/app/engine/streams.h"

#include <algorithm>
#include <utility>

namespace plocal::engine {

void EventStream::add(const StreamEvent& event) {
    if (!event.is_common && !account_.empty() && event.account != account_) return;
    const std::lock_guard lock(mutex_);
    if (is_over_) return;
    const bool was_empty = text_.empty();
    if (events_ < limits_.events && text_.size() + event.data.size() <= limits_.bytes) {
        append(event.name, event.data);
    } else {
        text_.clear();
        last_id_ += 1;  // of the event that is lost with the others
        append("overflow", "{}");
        is_over_ = true;
    }
    if (was_empty) Waiter::wake(waiter_);
}

void EventStream::append(std::string_view name, std::string_view data) {
    ++events_;
    text_.append("id: ").append(std::to_string(++last_id_)).append("\nevent: ").append(name);
    text_.append("\ndata: ").append(data).append("\n\n");
}

std::string EventStream::take() {
    const std::lock_guard lock(mutex_);
    events_ = 0;
    return std::exchange(text_, {});
}

void EventStream::end() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    Waiter::wake(waiter_);
}

bool EventStream::is_over() const {
    const std::lock_guard lock(mutex_);
    return is_over_;
}

std::size_t EventStream::behind() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

void Streams::open(const std::shared_ptr<EventStream>& stream, News& news) {
    news.begin();
    next_check_ = news.next_take();
    const std::lock_guard lock(mutex_);
    streams_.push_back(stream);
    count_ = streams_.size();
    if (is_stopping_) stream->end();
}

void Streams::close(const std::shared_ptr<EventStream>& stream) {
    const std::lock_guard lock(mutex_);
    std::erase(streams_, stream);
    count_ = streams_.size();
}

void Streams::publish(News& news, const world::Changed& changed) {
    if (count() == 0) return news.end();
    const std::vector<StreamEvent> events = news.take(changed, is_busy());
    next_check_ = news.next_take();
    const std::lock_guard lock(mutex_);
    for (const StreamEvent& event : events) {
        for (const std::shared_ptr<EventStream>& stream : streams_) stream->add(event);
    }
}

bool Streams::is_busy() {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(streams_, [this](const auto& stream) { return stream->behind() > limits_.events / 2; });
}

void Streams::stop() {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    for (const std::shared_ptr<EventStream>& stream : streams_) stream->end();
}

}  // namespace plocal::engine
