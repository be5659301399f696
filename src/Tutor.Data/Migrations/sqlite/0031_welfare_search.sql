-- What a student in distress wrote is found by nobody's search.
DELETE FROM interaction_search WHERE rowid IN (SELECT seq FROM interaction WHERE welfare);
