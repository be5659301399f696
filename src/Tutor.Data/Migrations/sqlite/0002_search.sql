-- Written once when an interaction finishes; rowid is interaction.seq, so newest first is rowid order.
CREATE VIRTUAL TABLE interaction_search USING fts5(
    course_id, question, work, answer, tokenize = 'unicode61', prefix = '2 3');
