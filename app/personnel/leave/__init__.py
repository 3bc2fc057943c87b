"""The ledger of leave: entries that only ever grow in number, and balances that are sums of them."""
