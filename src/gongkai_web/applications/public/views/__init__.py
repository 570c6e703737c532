"""The public pages of 依申请公开. None of them is kept by any cache."""
