// A film club by the SDK for Go v2, from its first schema to recommendations. It prints what it has seen as JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/personalize"
	"github.com/aws/aws-sdk-go-v2/service/personalize/types"
	"github.com/aws/aws-sdk-go-v2/service/personalizeevents"
	eventtypes "github.com/aws/aws-sdk-go-v2/service/personalizeevents/types"
	"github.com/aws/aws-sdk-go-v2/service/personalizeruntime"
	runtimetypes "github.com/aws/aws-sdk-go-v2/service/personalizeruntime/types"
	"github.com/aws/smithy-go"
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

var (
	ctx  = context.Background()
	seen = map[string]any{}
)

func must[T any](output T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return output
}

func main() {
	cfg := must(config.LoadDefaultConfig(ctx))
	url := os.Getenv("ENDPOINT")
	control := personalize.NewFromConfig(cfg, personalize.WithEndpointResolver(personalize.EndpointResolverFromURL(url)))
	events := personalizeevents.NewFromConfig(cfg,
		personalizeevents.WithEndpointResolver(personalizeevents.EndpointResolverFromURL(url)))
	runtime := personalizeruntime.NewFromConfig(cfg,
		personalizeruntime.WithEndpointResolver(personalizeruntime.EndpointResolverFromURL(url)))

	trackingID := makeGroup(control)
	putRows(events, trackingID)
	campaign := makeCampaign(control)
	recommend(runtime, campaign)
	listAll(control)
	meetErrors(control, events, runtime)
	must(seen, json.NewEncoder(os.Stdout).Encode(seen))
}

func makeGroup(control *personalize.Client) *string {
	group := must(control.CreateDatasetGroup(ctx, &personalize.CreateDatasetGroupInput{Name: aws.String("club")}))
	seen["group"] = group.DatasetGroupArn
	for datasetType, schema := range map[string]string{"Interactions": interactions, "Items": items, "Users": users} {
		made := must(control.CreateSchema(ctx, &personalize.CreateSchemaInput{
			Name: aws.String("club-" + datasetType), Schema: aws.String(schema)}))
		must(control.CreateDataset(ctx, &personalize.CreateDatasetInput{Name: aws.String("club-" + datasetType),
			DatasetGroupArn: group.DatasetGroupArn, DatasetType: aws.String(datasetType), SchemaArn: made.SchemaArn}))
	}
	tracker := must(control.CreateEventTracker(ctx, &personalize.CreateEventTrackerInput{
		Name: aws.String("club"), DatasetGroupArn: group.DatasetGroupArn}))
	return tracker.TrackingId
}

func putRows(events *personalizeevents.Client, trackingID *string) {
	dataset := func(name string) *string {
		return aws.String("arn:aws:personalize:us-east-1:000000000000:dataset/club/" + name)
	}
	var films []eventtypes.Item
	for _, film := range []string{"alien", "heat", "solaris", "thing"} {
		films = append(films, eventtypes.Item{ItemId: aws.String(film), Properties: aws.String(`{"genres": "Drama"}`)})
	}
	must(events.PutItems(ctx, &personalizeevents.PutItemsInput{DatasetArn: dataset("ITEMS"), Items: films}))
	must(events.PutUsers(ctx, &personalizeevents.PutUsersInput{DatasetArn: dataset("USERS"),
		Users: []eventtypes.User{{UserId: aws.String("ann"), Properties: aws.String(`{"age": 30}`)}}}))
	for user, watched := range map[string][]string{"ann": {"heat", "alien"}, "bob": {"heat", "alien", "thing"}} {
		var list []eventtypes.Event
		for i, film := range watched {
			at := time.Date(2026, 1, i+1, 12, 0, 0, 0, time.UTC)
			list = append(list, eventtypes.Event{EventType: aws.String("watch"), ItemId: aws.String(film), SentAt: &at})
		}
		must(events.PutEvents(ctx, &personalizeevents.PutEventsInput{TrackingId: trackingID, UserId: aws.String(user),
			SessionId: aws.String("session-of-" + user), EventList: list}))
	}
}

func makeCampaign(control *personalize.Client) *string {
	solution := must(control.CreateSolution(ctx, &personalize.CreateSolutionInput{Name: aws.String("films"),
		DatasetGroupArn: aws.String("arn:aws:personalize:us-east-1:000000000000:dataset-group/club"),
		RecipeArn:       aws.String("arn:aws:personalize:::recipe/aws-user-personalization")}))
	version := must(control.CreateSolutionVersion(ctx,
		&personalize.CreateSolutionVersionInput{SolutionArn: solution.SolutionArn}))
	described := must(control.DescribeSolutionVersion(ctx,
		&personalize.DescribeSolutionVersionInput{SolutionVersionArn: version.SolutionVersionArn}))
	seen["version"] = described.SolutionVersion.Status
	seen["isDated"] = described.SolutionVersion.CreationDateTime.After(time.Unix(1, 0))
	seen["trainingMode"] = described.SolutionVersion.TrainingMode == types.TrainingModeFull
	campaign := must(control.CreateCampaign(ctx, &personalize.CreateCampaignInput{Name: aws.String("films"),
		SolutionVersionArn: version.SolutionVersionArn, MinProvisionedTPS: aws.Int32(1)}))
	return campaign.CampaignArn
}

func recommend(runtime *personalizeruntime.Client, campaign *string) {
	answer := must(runtime.GetRecommendations(ctx, &personalizeruntime.GetRecommendationsInput{
		CampaignArn: campaign, UserId: aws.String("ann"), NumResults: 10}))
	scores := 0.0
	for _, item := range answer.ItemList {
		scores += aws.ToFloat64(item.Score)
	}
	seen["recommended"] = len(answer.ItemList)
	seen["scored"] = scores > 0.99 && scores < 1.01
	seen["recommendationId"] = len(aws.ToString(answer.RecommendationId)) > 0
}

func listAll(control *personalize.Client) {
	pages, names := 0, []string{}
	schemas := personalize.NewListSchemasPaginator(control, &personalize.ListSchemasInput{MaxResults: aws.Int32(2)})
	for schemas.HasMorePages() {
		pages++
		for _, schema := range must(schemas.NextPage(ctx)).Schemas {
			names = append(names, *schema.Name)
		}
	}
	seen["pages"], seen["schemas"] = pages, names
	campaigns := must(control.ListCampaigns(ctx, &personalize.ListCampaignsInput{})) // the SDK repeats it
	seen["campaigns"] = len(campaigns.Campaigns)
}

func meetErrors(control *personalize.Client, events *personalizeevents.Client, runtime *personalizeruntime.Client) {
	none := aws.String("arn:aws:personalize:us-east-1:000000000000:campaign/none")
	_, err := control.DescribeCampaign(ctx, &personalize.DescribeCampaignInput{CampaignArn: none})
	var missing *types.ResourceNotFoundException
	seen["missing"] = errors.As(err, &missing) && missing.ErrorMessage() != ""

	_, err = control.CreateDatasetGroup(ctx, &personalize.CreateDatasetGroupInput{Name: aws.String("club")})
	var taken *types.ResourceAlreadyExistsException
	seen["taken"] = errors.As(err, &taken) && taken.ErrorMessage() != ""

	_, err = runtime.GetRecommendations(ctx, &personalizeruntime.GetRecommendationsInput{CampaignArn: none})
	var invalid *runtimetypes.InvalidInputException
	seen["runtime"] = errors.As(err, &invalid) && invalid.ErrorMessage() != ""

	_, err = events.PutEvents(ctx, &personalizeevents.PutEventsInput{TrackingId: aws.String("none"),
		SessionId: aws.String("s"), EventList: []eventtypes.Event{{EventType: aws.String("watch"), SentAt: aws.Time(time.Now())}}})
	var refused *eventtypes.InvalidInputException
	seen["events"] = errors.As(err, &refused) && refused.ErrorMessage() != ""

	_, err = control.DescribeRecipe(ctx, &personalize.DescribeRecipeInput{
		RecipeArn: aws.String("arn:aws:personalize:::recipe/aws-sims")})
	var throttled smithy.APIError
	seen["throttled"] = errors.As(err, &throttled) && throttled.ErrorCode() == "ThrottlingException"
}
