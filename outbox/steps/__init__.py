"""Parts that several use cases share; each happens inside the transaction of the use case around it."""
