"""Upload forms: pictures, documents, and the picture of an account.

Wagtail uses them everywhere: one file, several at once, in a chooser, and when a file is replaced.
"""

import logging
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from portal.core.files.document_types import content_matches_extension
from portal.core.files.pictures import MOST_FRAMES, PictureError, PictureTooLargeError, decode_picture, strip_metadata

logger = logging.getLogger(__name__)


def clean_picture(upload: File, most_pixels: int) -> tuple[File, str]:
    """Return an uploaded picture without metadata, and its format. Raises ValidationError."""
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    try:
        picture = decode_picture(content, most_pixels=most_pixels)
        clean = strip_metadata(content)
    except PictureTooLargeError as error:
        raise ValidationError(
            _(
                "This picture is too large: it may have %(most)s million pixels, all its frames together, and "
                "%(frames)s frames. Make it smaller."
            )
            % {"most": most_pixels // 1_000_000, "frames": number_format(MOST_FRAMES, force_grouping=True)},
            code="file_too_many_pixels",
        ) from error
    except PictureError as error:
        logger.info("the upload %s is refused: %s", upload.name, error)
        raise ValidationError(
            _("This file cannot be read as a picture. It is damaged, or it is something else than its name says."),
            code="invalid_image",
        ) from error
    # MPO is two JPEG pictures in one file, of which one is left.
    picture_format = "JPEG" if picture.format == "MPO" else str(picture.format)
    return (upload if clean == content else ContentFile(clean, name=upload.name)), picture_format.lower()


class PictureUploadField(WagtailImageField):
    """Accepts pictures that can be decoded completely and whose format matches their name.

    Wagtail's own reads the whole picture into memory before it looks at its size, and leaves what is broken for the
    page that shows it.
    """

    def to_python(self, data):
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        ending = PurePath(upload.name or "").suffix[1:].lower()
        if ending not in self.allowed_image_extensions:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")
        clean, kind = clean_picture(upload, self.max_image_pixels)
        if kind != ("jpeg" if ending == "jpg" else ending):
            names = {"extension": ending, "image_format": kind}
            message = self.error_messages["invalid_image_known_format"] % names
            raise ValidationError(message, code="invalid_image_known_format")
        return clean


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureUploadField(label=given.label, required=given.required, widget=given.widget)


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        ending = PurePath(file.name).suffix[1:].lower()
        # Other endings are refused by Wagtail, which names those that may be.
        if "file" in self.changed_data and ending in settings.WAGTAILDOCS_EXTENSIONS:
            if not content_matches_extension(file.name, file):
                raise ValidationError(
                    _(
                        "What is in this file is not what its name says (.%(ending)s), or it holds a web page or a "
                        "program. Save it anew in that format, or give it the name that is right."
                    )
                    % {"ending": ending}
                )
        return file


class StaffPictureForm(AvatarPreferencesForm):
    """The picture of an account; its metadata is removed before Wagtail resizes it, and after."""

    def clean_avatar(self):
        if "avatar" not in self.changed_data or not self.cleaned_data.get("avatar"):
            return super().clean_avatar()
        most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        self.cleaned_data["avatar"], _kind = clean_picture(self.cleaned_data["avatar"], most)
        small, _kind = clean_picture(super().clean_avatar(), most)
        return small


@receiver(pre_save, sender=UploadedFile)
def clean_pending_upload(sender, instance, **kwargs):
    """Remove metadata from a pending upload too: Wagtail stores it until somebody completes the form, perhaps never."""
    if instance.for_content_type.model_class() is get_image_model() and not instance.file._committed:
        instance.file.seek(0)
        instance.file = ContentFile(strip_metadata(instance.file.read()), name=instance.file.name)
