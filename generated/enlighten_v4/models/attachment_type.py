from ..types import OpenEnum


class AttachmentType(OpenEnum):
    ACM = "acm"
    BIPV = "bipv"
    FRAME_MOUNT = "frame_mount"
    RACK_MOUNT = "rack_mount"
    RAILLESS_MOUNT = "railless_mount"
    ZEP = "zep"
