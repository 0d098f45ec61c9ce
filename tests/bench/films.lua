-- wrk: requests to a world of tests/bench/films.sh, of the kind that REQUESTS names. Events get ids beginning with RUN.
local kind = os.getenv("REQUESTS")
local run = os.getenv("RUN") or ""
local prefix = "arn:aws:personalize:us-east-1:000000000000:"
local json = { ["content-type"] = "application/json" }
local count = 0

local function recommend(more)
  return wrk.format("POST", "/recommendations", json,
    string.format('{"campaignArn":"%scampaign/personal","userId":"user-%d"%s}', prefix, math.random(0, 9999), more))
end

local kinds = {}
function kinds.describe()
  return wrk.format("POST", "/", {
    ["content-type"] = "application/x-amz-json-1.1",
    ["x-amz-target"] = "AmazonPersonalize.DescribeCampaign",
  }, '{"campaignArn":"' .. prefix .. 'campaign/personal"}')
end
function kinds.recommend()
  return recommend("")
end
function kinds.filtered()
  return recommend(',"filterArn":"' .. prefix .. 'filter/unseen-and-cheap"')
end
function kinds.event()
  count = count + 1
  return wrk.format("POST", "/events", json, string.format(
    '{"trackingId":"tracker","userId":"user-%d","sessionId":"session","eventList":[{"eventId":"%s-%d","eventType":"View","itemId":"item-%d","sentAt":%d}]}',
    math.random(0, 9999), run, count, math.random(0, 9999), 1000000 + count))
end

request = kinds[kind]
function done(summary)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
