#!/usr/bin/env bash
# films.sh FOLDER INTERACTIONS: writes the document films.json for a bench, and its rows as CSV: 10,000 items, 10,000
# users, and so many interactions, which a seed makes.
set -euo pipefail
folder=$1 interactions=$2
mkdir -p "$folder"

awk -v n="$interactions" 'BEGIN {
    srand(7)
    print "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE"
    for (i = 0; i < n; ++i) {
        user = int(10000 * rand())
        # A user mostly meets the items of one of fifty tastes, and popular ones of these the most.
        taste = rand() < 0.8 ? user % 50 : int(50 * rand())
        printf "user-%d,item-%d,%d,%s\n", user, taste + 50 * int(200 * rand() * rand()), i, rand() < 0.1 ? "Purchase" : "View"
    }
}' >"$folder/interactions.csv"

awk 'BEGIN {
    print "ITEM_ID,GENRES,PRICE"
    for (i = 0; i < 10000; ++i) printf "item-%d,genre-%d|genre-%d,%d\n", i, i % 20, i % 7 + 20, i % 100
}' >"$folder/items.csv"

prefix=arn:aws:personalize:us-east-1:000000000000
field() { printf '{\\"name\\":\\"%s\\",\\"type\\":%s%s}' "$1" "$2" "${3-}"; }
schema() { # schema NAME FIELD...
    local name=$1
    shift
    printf '{"schemaArn":"%s:schema/%s","schema":"{\\"type\\":\\"record\\",\\"name\\":\\"%s\\",\\"fields\\":[%s]}"}' \
        "$prefix" "$name" "$name" "$(IFS=, && echo "$*")"
}
dataset() { # dataset TYPE SCHEMA FILE
    printf '{"datasetArn":"%s:dataset/films/%s","datasetGroupArn":"%s:dataset-group/films","datasetType":"%s","schemaArn":"%s:schema/%s","_local":{"file":"%s"}}' \
        "$prefix" "$1" "$prefix" "$1" "$prefix" "$2" "$3"
}
text='\"string\"'
cat >"$folder/films.json" <<END
{"schemas": [
    $(schema Items "$(field ITEM_ID "$text")" "$(field GENRES "[$text,\\\"null\\\"]" ',\"categorical\":true')" "$(field PRICE '[\"float\",\"null\"]')"),
    $(schema Interactions "$(field USER_ID "$text")" "$(field ITEM_ID "$text")" "$(field TIMESTAMP '\"long\"')" "$(field EVENT_TYPE "$text")")],
 "datasetGroups": [{"datasetGroupArn": "$prefix:dataset-group/films"}],
 "datasets": [
    $(dataset ITEMS Items items.csv),
    $(dataset INTERACTIONS Interactions interactions.csv)],
 "eventTrackers": [{"eventTrackerArn": "$prefix:event-tracker/1", "datasetGroupArn": "$prefix:dataset-group/films", "trackingId": "tracker"}],
 "solutionVersions": [{"solutionVersionArn": "$prefix:solution/personal/1", "datasetGroupArn": "$prefix:dataset-group/films", "recipeArn": "arn:aws:personalize:::recipe/aws-user-personalization"}],
 "campaigns": [{"campaignArn": "$prefix:campaign/personal", "solutionVersionArn": "$prefix:solution/personal/1"}],
 "filters": [{"filterArn": "$prefix:filter/unseen-and-cheap", "datasetGroupArn": "$prefix:dataset-group/films",
    "filterExpression": "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"Purchase\") | INCLUDE ItemID WHERE Items.PRICE < 50"}]}
END
