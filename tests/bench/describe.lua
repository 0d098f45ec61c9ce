-- wrk: describes one of JOBS jobs at random; with ONE_REQUEST on a connection of its own each.
local jobs = tonumber(os.getenv("JOBS"))
local headers = {
  ["content-type"] = "application/x-amz-json-1.1",
  ["x-amz-target"] = "AmazonPersonalize.DescribeBatchInferenceJob",
}
if os.getenv("ONE_REQUEST") then
  headers["connection"] = "close"
end
function request()
  local arn = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/job-" .. math.random(0, jobs - 1)
  return wrk.format("POST", "/", headers, '{"batchInferenceJobArn":"' .. arn .. '"}')
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, latency:percentile(99)))
end
