from ..types import OpenEnum


class LiveDataErrorType(OpenEnum):
    AUTHENTICATION_ERROR = "authentication_error"
    AUTHORIZATION_ERROR = "authorization_error"
    REQUEST_EXCEEDED_ERROR = "request_exceeded_error"
    SERVER_ERROR = "server_error"
    SITE_CONNECTIVITY_ERROR = "site_connectivity_error"
    VALIDATION_ERROR = "validation_error"
