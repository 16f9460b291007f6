"""Accounts and sign-in."""

from config.settings.environment import SITE_URL, env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "handle")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "desk.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {  # the library's own forms in our words
    "login": "desk.sign_in.forms.LoginForm",
    "change_password": "desk.sign_in.forms.ChangePasswordForm",
    "set_password": "desk.sign_in.forms.SetPasswordForm",
    "reset_password": "desk.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "desk.sign_in.forms.ResetPasswordKeyForm",
    "reauthenticate": "desk.sign_in.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation to that address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # it would offer to sign up
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
INVITATION_DAYS = 7
# Hours in which a new account and its inviter count as one person, unless a second person or the
# operator confirmed the role.
NEW_ACCOUNT_WAIT_HOURS = env.int("NEW_ACCOUNT_WAIT_HOURS", default=24)
SESSION_COOKIE_AGE = 12 * 3600
