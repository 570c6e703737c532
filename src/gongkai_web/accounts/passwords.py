"""What a password has to be, said in Chinese where Django's own words are not translated."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class MinimumLength(MinimumLengthValidator):
    """Django's rule; its sentence changed after it was translated."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"密码太短，至少需要{self.min_length}位，请加长。"

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return f"密码至少{self.min_length}位。"
