"""依申请公开: cases, their ledgers, the applicants behind them, their files and letters."""
