// A user's script for the two other services: prints the error that each returns.
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { GetRecommendationsCommand, PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';

const refused = (sending) => sending.then(() => 'nothing', (error) => error.name);

const campaignArn = 'arn:aws:personalize:us-east-1:000000000000:campaign/films';
const event = { eventType: 'watch', sentAt: new Date() };

console.log(
  JSON.stringify({
    runtime: await refused(new PersonalizeRuntimeClient().send(new GetRecommendationsCommand({ campaignArn }))),
    events: await refused(
      new PersonalizeEventsClient().send(
        new PutEventsCommand({ trackingId: 'films', sessionId: 'one', eventList: [event] }),
      ),
    ),
  }),
);
