"""Government information disclosure (政府信息公开): the law, its clocks, and the annual report.

The package is pure: it never imports Django. `gongkai_web` stores facts and events and calls the rules kept here.
"""

__version__ = "0.1.0"
