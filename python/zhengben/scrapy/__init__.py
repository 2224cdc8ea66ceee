"""Chinese pages and items, restored while Scrapy crawls.

`ZhengbenDownloaderMiddleware` sees to it that a response is read in the encoding that
it is in, whatever the server and the page say. `ZhengbenItemPipeline` restores the
texts of items. In a project's settings:

    DOWNLOADER_MIDDLEWARES = {"zhengben.scrapy.ZhengbenDownloaderMiddleware": 560}
    ITEM_PIPELINES = {"zhengben.scrapy.ZhengbenItemPipeline": 300}
"""

from zhengben.scrapy._middleware import ZhengbenDownloaderMiddleware
from zhengben.scrapy._pipeline import ZhengbenItemPipeline

__all__ = ["ZhengbenDownloaderMiddleware", "ZhengbenItemPipeline"]
