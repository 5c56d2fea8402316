-- Types that other databases have too: BIGINT for numbers and times (seconds since 1970), TEXT, and bytes.
CREATE TABLE documents (
    -- Grows with every document and is never given twice: the order of lists.
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    summary TEXT,
    openapi_version TEXT NOT NULL,
    operation_count BIGINT NOT NULL CHECK (operation_count >= 0),
    created_at BIGINT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    content BLOB NOT NULL CHECK (length(content) = size)
);
