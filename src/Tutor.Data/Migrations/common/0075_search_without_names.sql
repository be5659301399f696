-- The search is made again from the ledger, without the names in the texts.
DELETE FROM interaction_search;
