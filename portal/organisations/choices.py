from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationType(models.TextChoices):
    CITY = "city", _("city or municipality")
    REGION = "region", _("region or association of municipalities")
    SERVICE = "service", _("service")
    POLICE = "police", _("police")
    NETWORK = "network", _("network")
    UNIVERSITY = "university", _("university or research")
    NGO = "ngo", _("civil society")
    MINISTRY = "ministry", _("ministry or government")
    COMPANY = "company", _("company")
    EUROPEAN = "european", _("European institution")


LOCAL_AUTHORITIES = (OrganisationType.CITY, OrganisationType.REGION)
# The key of the city that makes the portal: the centre of its map, with which other cities share a project.
HOME_CITY = "mechelen"
# The key of the service that makes the portal: what the start page says of who is behind it.
HOME_SERVICE = "afdeling-preventie-en-veiligheid"
