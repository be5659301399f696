-- Words of deleted texts leave the index at once, and not when some later merge comes by.
INSERT INTO interaction_search (interaction_search, rank) VALUES ('secure-delete', 1);
-- Takes out those of texts that were deleted before.
INSERT INTO interaction_search (interaction_search) VALUES ('optimize');
