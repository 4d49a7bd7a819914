"""The encrypted store: the only home of SQLAlchemy, Alembic and SQLCipher. Imports kpdesk.domain."""
