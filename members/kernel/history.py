"""Field history: what chosen columns of a row were, from when on.

Triggers write it, whatever changes the row. Who did it and why is in the audit record. Only columns that say nothing
personal are kept here, so that sealing and erasure need not come this way.
"""

import pghistory


def remembered(*columns: str):
    """Decorate a model: each row made, and each change of one of the `columns`, is kept with its instant.

    The rows of the history are found under `history`; nothing changes or deletes them.
    """

    def decorate(model):
        track = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            fields=list(columns),
            model_name=f"{model.__name__}History",
            obj_field=pghistory.ObjForeignKey(related_name="history"),
            context_field=None,
            append_only=True,
        )
        return track(model)

    return decorate
