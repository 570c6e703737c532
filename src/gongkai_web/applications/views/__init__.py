"""The screens of 依申请公开 in the back office."""
