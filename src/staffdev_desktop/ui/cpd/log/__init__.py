"""The view ‘Person’s log’: what somebody did, quick entry beside it, requests, a day for many people."""
