"""What every floor stands on: money, financial years, places, findings, errors."""
