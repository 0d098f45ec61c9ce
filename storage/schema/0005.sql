-- The index has what a history tells, so a user's history is read without a look-up for each interaction.

DROP INDEX interaction_by_user;

CREATE INDEX interaction_by_user
    ON interaction (row_set, user_id, time_s, batch, place, item_id, event_type, session_id);
