// Package nightly is the application: it starts a job and polls every ten minutes until the job has ended, for six hours
// at most.
package nightly

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/personalize"
	"github.com/aws/aws-sdk-go-v2/service/personalize/types"
)

const (
	every = 10 * time.Minute
	polls = 36
)

// ErrGivenUp says that the job has not ended in time.
var ErrGivenUp = errors.New("gave up after six hours")

// StartJob starts the job. A lost answer does no harm: what exists already was started by this function.
func StartJob(ctx context.Context, client *personalize.Client, name, solutionVersion string) error {
	_, err := client.CreateBatchInferenceJob(ctx, &personalize.CreateBatchInferenceJobInput{
		JobName:            aws.String(name),
		SolutionVersionArn: aws.String(solutionVersion),
		JobInput:           &types.BatchInferenceJobInput{S3DataSource: s3("users.json")},
		JobOutput:          &types.BatchInferenceJobOutput{S3DataDestination: s3("out/")},
		RoleArn:            aws.String("arn:aws:iam::000000000000:role/personalize"),
	})
	var exists *types.ResourceAlreadyExistsException
	if errors.As(err, &exists) {
		return nil
	}
	return err
}

func s3(key string) *types.S3DataConfig {
	return &types.S3DataConfig{Path: aws.String("s3://movies-example/" + key)}
}

// WaitForJob returns the job once it is active. It fails with the reason of a job that has failed.
func WaitForJob(
	ctx context.Context, client *personalize.Client, arn string, pause func(time.Duration),
) (*types.BatchInferenceJob, error) {
	for poll := 0; poll < polls; poll++ {
		answer, err := client.DescribeBatchInferenceJob(ctx,
			&personalize.DescribeBatchInferenceJobInput{BatchInferenceJobArn: aws.String(arn)})
		if err != nil {
			return nil, err
		}
		switch job := answer.BatchInferenceJob; aws.ToString(job.Status) {
		case "ACTIVE":
			return job, nil
		case "CREATE FAILED":
			return nil, errors.New(aws.ToString(job.FailureReason))
		}
		pause(every)
	}
	return nil, ErrGivenUp
}
