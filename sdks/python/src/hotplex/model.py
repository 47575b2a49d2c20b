"""What all generated models have in common."""

from typing import Annotated, Any, TypeVar, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict

T = TypeVar("T")


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise ValueError("may be left out, but not be null")
    return value


Maybe = Annotated[Union[T, None], BeforeValidator(_refuse_null)]
"""A field that may be left out; it is ``None`` then."""


class Model(BaseModel):
    """A record of the wire: values have their types already, and fields that are not known are skipped."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", protected_namespaces=(), populate_by_name=True)


class OpenModel(Model):
    """A record that may have further fields, which are kept."""

    model_config = ConfigDict(extra="allow")
