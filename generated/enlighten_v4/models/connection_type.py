from ..types import OpenEnum


class ConnectionType(OpenEnum):
    CELLULAR = "cellular"
    ETHERNET = "ethernet"
    WIFI = "wifi"
