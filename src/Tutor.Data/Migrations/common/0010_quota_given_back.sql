-- Whether a request used up one of the day's hints; FALSE once it was given back.
ALTER TABLE interaction ADD COLUMN counted BOOLEAN NOT NULL DEFAULT TRUE;

-- Hints of the day that were stopped before any text was shown and given back: beyond a limit they count.
ALTER TABLE quota ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
