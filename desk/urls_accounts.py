from django.urls import path

from desk.views import (
    guest_invitations,
    invitation,
    pool_agreements,
    profile,
    tokens,
    unit,
    unit_import,
    units,
)

app_name = "accounts"

urlpatterns = [
    path("moi/<str:token>/", invitation.invitation, name="invitation"),
    path("cai-dat/", profile.profile, name="profile"),
    path("ma-truy-cap/", tokens.tokens, name="tokens"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", tokens.revoke, name="token_revoke"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/them/", units.create, name="unit_new"),
    path("don-vi/nhap/", unit_import.unit_import, name="unit_import"),
    path("don-vi/nhap/xem/", unit_import.preview, name="unit_import_preview"),
    path("don-vi/nhap/xac-nhan/", unit_import.confirm, name="unit_import_confirm"),
    path("don-vi/nhap/bo/", unit_import.discard, name="unit_import_discard"),
    path("don-vi/<int:pk>/", unit.unit, name="unit"),
    path("don-vi/<int:pk>/ten/", unit.rename, name="unit_rename"),
    path("don-vi/<int:pk>/ten-khac/", unit.add_alias, name="unit_alias"),
    path("don-vi/<int:pk>/moi/", unit.invite, name="unit_invite"),
    path(
        "don-vi/<int:pk>/moi/<int:invitation>/gui-lai/",
        unit.resend_invitation,
        name="invitation_resend",
    ),
    path(
        "don-vi/<int:pk>/moi/<int:invitation>/huy/",
        unit.cancel_invitation,
        name="invitation_cancel",
    ),
    path("don-vi/<int:pk>/vai-tro/", unit.grant, name="unit_grant"),
    path("don-vi/<int:pk>/de-nghi/<int:act>/xac-nhan/", unit.confirm_role, name="role_confirm"),
    path("don-vi/<int:pk>/de-nghi/<int:act>/tu-choi/", unit.decline_role, name="role_decline"),
    path("don-vi/<int:pk>/vai-tro/<int:membership>/bo/", unit.revoke, name="unit_revoke"),
    path("don-vi/<int:pk>/cap-tren/", unit.add_link, name="unit_link"),
    path("don-vi/<int:pk>/cap-tren/<int:link>/ket-thuc/", unit.end_link, name="unit_link_end"),
    path("don-vi/<int:pk>/nhom-duyet/", unit.join_pool, name="unit_pool"),
    path(
        "don-vi/<int:pk>/nguoi-duyet-khach/<int:guest>/",
        guest_invitations.answer_for_unit,
        name="guest_answer",
    ),
    path("don-vi/<int:pk>/nhom-duyet/de-nghi/", pool_agreements.propose, name="pool_propose"),
    path(
        "don-vi/<int:pk>/nhom-duyet/de-nghi/<int:act>/tra-loi/",
        pool_agreements.answer,
        name="pool_answer",
    ),
    path(
        "don-vi/<int:pk>/nhom-duyet/de-nghi/<int:act>/rut/",
        pool_agreements.withdraw,
        name="pool_withdraw",
    ),
    path("don-vi/<int:pk>/nhom-duyet/<int:pool>/bo/", unit.leave_pool, name="unit_pool_leave"),
]
