// A film club by the SDK for Go v1, from its first schema to recommendations. It prints what it has seen as JSON.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/personalize"
	"github.com/aws/aws-sdk-go/service/personalizeevents"
	"github.com/aws/aws-sdk-go/service/personalizeruntime"
)

const (
	interactions = `{"type": "record", "name": "Interactions", "namespace": "com.amazonaws.personalize.schema",
		"fields": [{"name": "USER_ID", "type": "string"}, {"name": "ITEM_ID", "type": "string"},
		{"name": "EVENT_TYPE", "type": "string"}, {"name": "TIMESTAMP", "type": "long"}], "version": "1.0"}`
	items = `{"type": "record", "name": "Items", "namespace": "com.amazonaws.personalize.schema",
		"fields": [{"name": "ITEM_ID", "type": "string"}, {"name": "GENRES", "type": "string", "categorical": true}],
		"version": "1.0"}`
	users = `{"type": "record", "name": "Users", "namespace": "com.amazonaws.personalize.schema",
		"fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": "int"}], "version": "1.0"}`
)

var seen = map[string]any{}

func must[T any](output T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return output
}

func main() {
	opened := must(session.NewSession(&aws.Config{Endpoint: aws.String(os.Getenv("ENDPOINT"))}))
	control := personalize.New(opened)
	events := personalizeevents.New(opened)
	runtime := personalizeruntime.New(opened)

	trackingID := makeGroup(control)
	putRows(events, trackingID)
	campaign := makeCampaign(control)
	recommend(runtime, campaign)
	listAll(control)
	meetErrors(control, events, runtime)
	must(seen, json.NewEncoder(os.Stdout).Encode(seen))
}

func makeGroup(control *personalize.Personalize) *string {
	group := must(control.CreateDatasetGroup(&personalize.CreateDatasetGroupInput{Name: aws.String("club")}))
	seen["group"] = group.DatasetGroupArn
	for datasetType, schema := range map[string]string{"Interactions": interactions, "Items": items, "Users": users} {
		made := must(control.CreateSchema(&personalize.CreateSchemaInput{
			Name: aws.String("club-" + datasetType), Schema: aws.String(schema)}))
		must(control.CreateDataset(&personalize.CreateDatasetInput{Name: aws.String("club-" + datasetType),
			DatasetGroupArn: group.DatasetGroupArn, DatasetType: aws.String(datasetType), SchemaArn: made.SchemaArn}))
	}
	tracker := must(control.CreateEventTracker(&personalize.CreateEventTrackerInput{
		Name: aws.String("club"), DatasetGroupArn: group.DatasetGroupArn}))
	return tracker.TrackingId
}

func putRows(events *personalizeevents.PersonalizeEvents, trackingID *string) {
	dataset := func(name string) *string {
		return aws.String("arn:aws:personalize:us-east-1:000000000000:dataset/club/" + name)
	}
	var films []*personalizeevents.Item
	for _, film := range []string{"alien", "heat", "solaris", "thing"} {
		properties := aws.JSONValue{"genres": "Drama"}
		films = append(films, &personalizeevents.Item{ItemId: aws.String(film), Properties: properties})
	}
	must(events.PutItems(&personalizeevents.PutItemsInput{DatasetArn: dataset("ITEMS"), Items: films}))
	must(events.PutUsers(&personalizeevents.PutUsersInput{DatasetArn: dataset("USERS"),
		Users: []*personalizeevents.User{{UserId: aws.String("ann"), Properties: aws.JSONValue{"age": 30}}}}))
	for user, watched := range map[string][]string{"ann": {"heat", "alien"}, "bob": {"heat", "alien", "thing"}} {
		var list []*personalizeevents.Event
		for i, film := range watched {
			at := time.Date(2026, 1, i+1, 12, 0, 0, 0, time.UTC)
			list = append(list, &personalizeevents.Event{EventType: aws.String("watch"), ItemId: aws.String(film), SentAt: &at})
		}
		must(events.PutEvents(&personalizeevents.PutEventsInput{TrackingId: trackingID, UserId: aws.String(user),
			SessionId: aws.String("session-of-" + user), EventList: list}))
	}
}

func makeCampaign(control *personalize.Personalize) *string {
	solution := must(control.CreateSolution(&personalize.CreateSolutionInput{Name: aws.String("films"),
		DatasetGroupArn: aws.String("arn:aws:personalize:us-east-1:000000000000:dataset-group/club"),
		RecipeArn:       aws.String("arn:aws:personalize:::recipe/aws-user-personalization")}))
	version := must(control.CreateSolutionVersion(
		&personalize.CreateSolutionVersionInput{SolutionArn: solution.SolutionArn}))
	described := must(control.DescribeSolutionVersion(
		&personalize.DescribeSolutionVersionInput{SolutionVersionArn: version.SolutionVersionArn}))
	seen["version"] = described.SolutionVersion.Status
	seen["isDated"] = described.SolutionVersion.CreationDateTime.After(time.Unix(1, 0))
	seen["trainingMode"] = *described.SolutionVersion.TrainingMode == personalize.TrainingModeFull
	campaign := must(control.CreateCampaign(&personalize.CreateCampaignInput{Name: aws.String("films"),
		SolutionVersionArn: version.SolutionVersionArn, MinProvisionedTPS: aws.Int64(1)}))
	return campaign.CampaignArn
}

func recommend(runtime *personalizeruntime.PersonalizeRuntime, campaign *string) {
	answer := must(runtime.GetRecommendations(&personalizeruntime.GetRecommendationsInput{
		CampaignArn: campaign, UserId: aws.String("ann"), NumResults: aws.Int64(10)}))
	scores := 0.0
	for _, item := range answer.ItemList {
		scores += aws.Float64Value(item.Score)
	}
	seen["recommended"] = len(answer.ItemList)
	seen["scored"] = scores > 0.99 && scores < 1.01
	seen["recommendationId"] = len(aws.StringValue(answer.RecommendationId)) > 0
}

func listAll(control *personalize.Personalize) {
	pages, names := 0, []string{}
	err := control.ListSchemasPages(&personalize.ListSchemasInput{MaxResults: aws.Int64(2)},
		func(page *personalize.ListSchemasOutput, isLast bool) bool {
			pages++
			for _, schema := range page.Schemas {
				names = append(names, *schema.Name)
			}
			return true
		})
	seen["pages"], seen["schemas"] = must(pages, err), names
	campaigns := must(control.ListCampaigns(&personalize.ListCampaignsInput{})) // the SDK repeats it
	seen["campaigns"] = len(campaigns.Campaigns)
}

func meetErrors(control *personalize.Personalize, events *personalizeevents.PersonalizeEvents,
	runtime *personalizeruntime.PersonalizeRuntime) {
	none := aws.String("arn:aws:personalize:us-east-1:000000000000:campaign/none")
	_, err := control.DescribeCampaign(&personalize.DescribeCampaignInput{CampaignArn: none})
	var missing *personalize.ResourceNotFoundException
	seen["missing"] = errors.As(err, &missing) && missing.Message() != ""

	_, err = control.CreateDatasetGroup(&personalize.CreateDatasetGroupInput{Name: aws.String("club")})
	var taken *personalize.ResourceAlreadyExistsException
	seen["taken"] = errors.As(err, &taken) && taken.Message() != ""

	_, err = runtime.GetRecommendations(&personalizeruntime.GetRecommendationsInput{CampaignArn: none})
	var invalid *personalizeruntime.InvalidInputException
	seen["runtime"] = errors.As(err, &invalid) && invalid.Message() != ""

	_, err = events.PutEvents(&personalizeevents.PutEventsInput{TrackingId: aws.String("none"), SessionId: aws.String("s"),
		EventList: []*personalizeevents.Event{{EventType: aws.String("watch"), SentAt: aws.Time(time.Now())}}})
	var refused *personalizeevents.InvalidInputException
	seen["events"] = errors.As(err, &refused) && refused.Message() != ""

	_, err = control.DescribeRecipe(&personalize.DescribeRecipeInput{
		RecipeArn: aws.String("arn:aws:personalize:::recipe/aws-sims")})
	var throttled awserr.Error
	seen["throttled"] = errors.As(err, &throttled) && throttled.Code() == "ThrottlingException"
}
