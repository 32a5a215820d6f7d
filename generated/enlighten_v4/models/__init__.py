"""The models of what the API sends, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .acb_telemetry_response import AcbTelemetryResponse
    from .address import Address
    from .alarm import Alarm
    from .alarm_event import AlarmEvent
    from .alarms_response import AlarmsResponse
    from .api_error import ApiError
    from .attachment_type import AttachmentType
    from .battery_charge import BatteryCharge
    from .battery_flow import BatteryFlow
    from .battery_interval import BatteryInterval
    from .battery_lifetime_response import BatteryLifetimeResponse
    from .battery_settings import BatterySettings
    from .battery_settings_charge_from_grid import BatterySettingsChargeFromGrid
    from .battery_settings_energy_independence import BatterySettingsEnergyIndependence
    from .battery_settings_update import BatterySettingsUpdate
    from .battery_settings_update_battery_mode import BatterySettingsUpdateBatteryMode
    from .battery_settings_update_energy_independence import BatterySettingsUpdateEnergyIndependence
    from .battery_telemetry_response import BatteryTelemetryResponse
    from .cellular_modem import CellularModem
    from .command_accepted_response import CommandAcceptedResponse
    from .connection_type import ConnectionType
    from .consumption_lifetime_response import ConsumptionLifetimeResponse
    from .consumption_meter_interval import ConsumptionMeterInterval
    from .consumption_meter_reading import ConsumptionMeterReading
    from .consumption_meter_readings_response import ConsumptionMeterReadingsResponse
    from .consumption_meter_telemetry_response import ConsumptionMeterTelemetryResponse
    from .data_unavailable_error import DataUnavailableError
    from .device import Device
    from .device_battery_charge import DeviceBatteryCharge
    from .device_battery_flow import DeviceBatteryFlow
    from .device_battery_interval import DeviceBatteryInterval
    from .device_groups import DeviceGroups
    from .devices_response import DevicesResponse
    from .encharge_device import EnchargeDevice
    from .encharge_telemetry_response import EnchargeTelemetryResponse
    from .energy_export_interval import EnergyExportInterval
    from .energy_export_lifetime_response import EnergyExportLifetimeResponse
    from .energy_export_telemetry_response import EnergyExportTelemetryResponse
    from .energy_import_interval import EnergyImportInterval
    from .energy_import_lifetime_response import EnergyImportLifetimeResponse
    from .energy_import_telemetry_response import EnergyImportTelemetryResponse
    from .energy_lifetime_response import EnergyLifetimeResponse
    from .ev_charger import EvCharger
    from .ev_charger_device import EvChargerDevice
    from .ev_charger_devices_response import EvChargerDevicesResponse
    from .ev_charger_error import EvChargerError
    from .ev_charger_event import EvChargerEvent
    from .ev_charger_events_response import EvChargerEventsResponse
    from .ev_charger_groups import EvChargerGroups
    from .ev_charger_interval import EvChargerInterval
    from .ev_charger_lifetime_response import EvChargerLifetimeResponse
    from .ev_charger_schedule import EvChargerSchedule
    from .ev_charger_schedule_slot import EvChargerScheduleSlot
    from .ev_charger_schedules_response import EvChargerSchedulesResponse
    from .ev_charger_session import EvChargerSession
    from .ev_charger_sessions_response import EvChargerSessionsResponse
    from .ev_charger_telemetry_granularity import EvChargerTelemetryGranularity
    from .ev_charger_telemetry_response import EvChargerTelemetryResponse
    from .ev_charger_telemetry_response_granularity import EvChargerTelemetryResponseGranularity
    from .event import Event
    from .event_status import EventStatus
    from .event_type import EventType
    from .event_types_response import EventTypesResponse
    from .events_response import EventsResponse
    from .evse_interval import EvseInterval
    from .evse_lifetime_response import EvseLifetimeResponse
    from .evse_power import EvsePower
    from .evse_power_limits import EvsePowerLimits
    from .evse_telemetry_interval_duration import EvseTelemetryIntervalDuration
    from .evse_telemetry_response import EvseTelemetryResponse
    from .evse_telemetry_response_interval_duration import EvseTelemetryResponseIntervalDuration
    from .gateway_device import GatewayDevice
    from .granularity import Granularity
    from .grid_state import GridState
    from .grid_status import GridStatus
    from .heat_pump_device import HeatPumpDevice
    from .hp_interval import HpInterval
    from .hp_lifetime_response import HpLifetimeResponse
    from .hp_telemetry_interval_duration import HpTelemetryIntervalDuration
    from .hp_telemetry_response import HpTelemetryResponse
    from .hp_telemetry_response_interval_duration import HpTelemetryResponseIntervalDuration
    from .inverters_summary import InvertersSummary
    from .latest_devices import LatestDevices
    from .latest_encharge import LatestEncharge
    from .latest_encharge_mode import LatestEnchargeMode
    from .latest_evse import LatestEvse
    from .latest_evse_mode import LatestEvseMode
    from .latest_heat_pump import LatestHeatPump
    from .latest_heat_pump_mode import LatestHeatPumpMode
    from .latest_meter import LatestMeter
    from .latest_telemetry_response import LatestTelemetryResponse
    from .live_data_error import LiveDataError
    from .live_data_error_error import LiveDataErrorError
    from .live_data_error_error_details_item import LiveDataErrorErrorDetailsItem
    from .live_data_error_error_status import LiveDataErrorErrorStatus
    from .live_data_error_type import LiveDataErrorType
    from .live_data_event import LiveDataEvent
    from .live_data_message import LiveDataMessage
    from .live_reading import LiveReading
    from .load_control import LoadControl
    from .load_control_entry import LoadControlEntry
    from .load_control_entry_mode import LoadControlEntryMode
    from .load_control_entry_status import LoadControlEntryStatus
    from .load_control_update import LoadControlUpdate
    from .load_control_update_mode import LoadControlUpdateMode
    from .meta import Meta
    from .meter_channel_interval import MeterChannelInterval
    from .meter_device import MeterDevice
    from .meter_device_config_phase import MeterDeviceConfigPhase
    from .meter_device_config_type import MeterDeviceConfigType
    from .meter_device_state import MeterDeviceState
    from .meter_intervals import MeterIntervals
    from .micro_device import MicroDevice
    from .micro_interval import MicroInterval
    from .micro_inverter_summary import MicroInverterSummary
    from .micro_inverter_summary_status import MicroInverterSummaryStatus
    from .micro_telemetry_response import MicroTelemetryResponse
    from .micro_with_intervals import MicroWithIntervals
    from .micros_telemetry_response import MicrosTelemetryResponse
    from .open_alarm import OpenAlarm
    from .open_alarms_response import OpenAlarmsResponse
    from .production import Production
    from .production_meter_interval import ProductionMeterInterval
    from .production_meter_reading import ProductionMeterReading
    from .production_meter_readings_response import ProductionMeterReadingsResponse
    from .production_meter_telemetry_response import ProductionMeterTelemetryResponse
    from .production_micro_interval import ProductionMicroInterval
    from .production_micro_telemetry_response import ProductionMicroTelemetryResponse
    from .quantity import Quantity
    from .quantity_units import QuantityUnits
    from .rate_limit_error import RateLimitError
    from .reason_error import ReasonError
    from .retrieve_system_id_response import RetrieveSystemIdResponse
    from .rgm_interval import RgmInterval
    from .rgm_stats_response import RgmStatsResponse
    from .search_systems_request import SearchSystemsRequest
    from .search_systems_response import SearchSystemsResponse
    from .searchable_status import SearchableStatus
    from .searched_system import SearchedSystem
    from .searched_system_live_stream import SearchedSystemLiveStream
    from .sort_by import SortBy
    from .start_charging_request import StartChargingRequest
    from .storage_meter_reading import StorageMeterReading
    from .storage_meter_readings_response import StorageMeterReadingsResponse
    from .storm_guard import StormGuard
    from .storm_guard_storm_alert import StormGuardStormAlert
    from .storm_guard_update import StormGuardUpdate
    from .storm_guard_update_storm_guard_status import StormGuardUpdateStormGuardStatus
    from .summary_response import SummaryResponse
    from .summary_source import SummarySource
    from .system import System
    from .system_filters import SystemFilters
    from .system_status import SystemStatus
    from .systems_response import SystemsResponse
    from .usage_period import UsagePeriod

_MODULES = {
    "AcbTelemetryResponse": ".acb_telemetry_response",
    "Address": ".address",
    "Alarm": ".alarm",
    "AlarmEvent": ".alarm_event",
    "AlarmsResponse": ".alarms_response",
    "ApiError": ".api_error",
    "AttachmentType": ".attachment_type",
    "BatteryCharge": ".battery_charge",
    "BatteryFlow": ".battery_flow",
    "BatteryInterval": ".battery_interval",
    "BatteryLifetimeResponse": ".battery_lifetime_response",
    "BatterySettings": ".battery_settings",
    "BatterySettingsChargeFromGrid": ".battery_settings_charge_from_grid",
    "BatterySettingsEnergyIndependence": ".battery_settings_energy_independence",
    "BatterySettingsUpdate": ".battery_settings_update",
    "BatterySettingsUpdateBatteryMode": ".battery_settings_update_battery_mode",
    "BatterySettingsUpdateEnergyIndependence": ".battery_settings_update_energy_independence",
    "BatteryTelemetryResponse": ".battery_telemetry_response",
    "CellularModem": ".cellular_modem",
    "CommandAcceptedResponse": ".command_accepted_response",
    "ConnectionType": ".connection_type",
    "ConsumptionLifetimeResponse": ".consumption_lifetime_response",
    "ConsumptionMeterInterval": ".consumption_meter_interval",
    "ConsumptionMeterReading": ".consumption_meter_reading",
    "ConsumptionMeterReadingsResponse": ".consumption_meter_readings_response",
    "ConsumptionMeterTelemetryResponse": ".consumption_meter_telemetry_response",
    "DataUnavailableError": ".data_unavailable_error",
    "Device": ".device",
    "DeviceBatteryCharge": ".device_battery_charge",
    "DeviceBatteryFlow": ".device_battery_flow",
    "DeviceBatteryInterval": ".device_battery_interval",
    "DeviceGroups": ".device_groups",
    "DevicesResponse": ".devices_response",
    "EnchargeDevice": ".encharge_device",
    "EnchargeTelemetryResponse": ".encharge_telemetry_response",
    "EnergyExportInterval": ".energy_export_interval",
    "EnergyExportLifetimeResponse": ".energy_export_lifetime_response",
    "EnergyExportTelemetryResponse": ".energy_export_telemetry_response",
    "EnergyImportInterval": ".energy_import_interval",
    "EnergyImportLifetimeResponse": ".energy_import_lifetime_response",
    "EnergyImportTelemetryResponse": ".energy_import_telemetry_response",
    "EnergyLifetimeResponse": ".energy_lifetime_response",
    "EvCharger": ".ev_charger",
    "EvChargerDevice": ".ev_charger_device",
    "EvChargerDevicesResponse": ".ev_charger_devices_response",
    "EvChargerError": ".ev_charger_error",
    "EvChargerEvent": ".ev_charger_event",
    "EvChargerEventsResponse": ".ev_charger_events_response",
    "EvChargerGroups": ".ev_charger_groups",
    "EvChargerInterval": ".ev_charger_interval",
    "EvChargerLifetimeResponse": ".ev_charger_lifetime_response",
    "EvChargerSchedule": ".ev_charger_schedule",
    "EvChargerScheduleSlot": ".ev_charger_schedule_slot",
    "EvChargerSchedulesResponse": ".ev_charger_schedules_response",
    "EvChargerSession": ".ev_charger_session",
    "EvChargerSessionsResponse": ".ev_charger_sessions_response",
    "EvChargerTelemetryGranularity": ".ev_charger_telemetry_granularity",
    "EvChargerTelemetryResponse": ".ev_charger_telemetry_response",
    "EvChargerTelemetryResponseGranularity": ".ev_charger_telemetry_response_granularity",
    "Event": ".event",
    "EventStatus": ".event_status",
    "EventType": ".event_type",
    "EventTypesResponse": ".event_types_response",
    "EventsResponse": ".events_response",
    "EvseInterval": ".evse_interval",
    "EvseLifetimeResponse": ".evse_lifetime_response",
    "EvsePower": ".evse_power",
    "EvsePowerLimits": ".evse_power_limits",
    "EvseTelemetryIntervalDuration": ".evse_telemetry_interval_duration",
    "EvseTelemetryResponse": ".evse_telemetry_response",
    "EvseTelemetryResponseIntervalDuration": ".evse_telemetry_response_interval_duration",
    "GatewayDevice": ".gateway_device",
    "Granularity": ".granularity",
    "GridState": ".grid_state",
    "GridStatus": ".grid_status",
    "HeatPumpDevice": ".heat_pump_device",
    "HpInterval": ".hp_interval",
    "HpLifetimeResponse": ".hp_lifetime_response",
    "HpTelemetryIntervalDuration": ".hp_telemetry_interval_duration",
    "HpTelemetryResponse": ".hp_telemetry_response",
    "HpTelemetryResponseIntervalDuration": ".hp_telemetry_response_interval_duration",
    "InvertersSummary": ".inverters_summary",
    "LatestDevices": ".latest_devices",
    "LatestEncharge": ".latest_encharge",
    "LatestEnchargeMode": ".latest_encharge_mode",
    "LatestEvse": ".latest_evse",
    "LatestEvseMode": ".latest_evse_mode",
    "LatestHeatPump": ".latest_heat_pump",
    "LatestHeatPumpMode": ".latest_heat_pump_mode",
    "LatestMeter": ".latest_meter",
    "LatestTelemetryResponse": ".latest_telemetry_response",
    "LiveDataError": ".live_data_error",
    "LiveDataErrorError": ".live_data_error_error",
    "LiveDataErrorErrorDetailsItem": ".live_data_error_error_details_item",
    "LiveDataErrorErrorStatus": ".live_data_error_error_status",
    "LiveDataErrorType": ".live_data_error_type",
    "LiveDataEvent": ".live_data_event",
    "LiveDataMessage": ".live_data_message",
    "LiveReading": ".live_reading",
    "LoadControl": ".load_control",
    "LoadControlEntry": ".load_control_entry",
    "LoadControlEntryMode": ".load_control_entry_mode",
    "LoadControlEntryStatus": ".load_control_entry_status",
    "LoadControlUpdate": ".load_control_update",
    "LoadControlUpdateMode": ".load_control_update_mode",
    "Meta": ".meta",
    "MeterChannelInterval": ".meter_channel_interval",
    "MeterDevice": ".meter_device",
    "MeterDeviceConfigPhase": ".meter_device_config_phase",
    "MeterDeviceConfigType": ".meter_device_config_type",
    "MeterDeviceState": ".meter_device_state",
    "MeterIntervals": ".meter_intervals",
    "MicroDevice": ".micro_device",
    "MicroInterval": ".micro_interval",
    "MicroInverterSummary": ".micro_inverter_summary",
    "MicroInverterSummaryStatus": ".micro_inverter_summary_status",
    "MicroTelemetryResponse": ".micro_telemetry_response",
    "MicroWithIntervals": ".micro_with_intervals",
    "MicrosTelemetryResponse": ".micros_telemetry_response",
    "OpenAlarm": ".open_alarm",
    "OpenAlarmsResponse": ".open_alarms_response",
    "Production": ".production",
    "ProductionMeterInterval": ".production_meter_interval",
    "ProductionMeterReading": ".production_meter_reading",
    "ProductionMeterReadingsResponse": ".production_meter_readings_response",
    "ProductionMeterTelemetryResponse": ".production_meter_telemetry_response",
    "ProductionMicroInterval": ".production_micro_interval",
    "ProductionMicroTelemetryResponse": ".production_micro_telemetry_response",
    "Quantity": ".quantity",
    "QuantityUnits": ".quantity_units",
    "RateLimitError": ".rate_limit_error",
    "ReasonError": ".reason_error",
    "RetrieveSystemIdResponse": ".retrieve_system_id_response",
    "RgmInterval": ".rgm_interval",
    "RgmStatsResponse": ".rgm_stats_response",
    "SearchSystemsRequest": ".search_systems_request",
    "SearchSystemsResponse": ".search_systems_response",
    "SearchableStatus": ".searchable_status",
    "SearchedSystem": ".searched_system",
    "SearchedSystemLiveStream": ".searched_system_live_stream",
    "SortBy": ".sort_by",
    "StartChargingRequest": ".start_charging_request",
    "StorageMeterReading": ".storage_meter_reading",
    "StorageMeterReadingsResponse": ".storage_meter_readings_response",
    "StormGuard": ".storm_guard",
    "StormGuardStormAlert": ".storm_guard_storm_alert",
    "StormGuardUpdate": ".storm_guard_update",
    "StormGuardUpdateStormGuardStatus": ".storm_guard_update_storm_guard_status",
    "SummaryResponse": ".summary_response",
    "SummarySource": ".summary_source",
    "System": ".system",
    "SystemFilters": ".system_filters",
    "SystemStatus": ".system_status",
    "SystemsResponse": ".systems_response",
    "UsagePeriod": ".usage_period",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = (
    "AcbTelemetryResponse",
    "Address",
    "Alarm",
    "AlarmEvent",
    "AlarmsResponse",
    "ApiError",
    "AttachmentType",
    "BatteryCharge",
    "BatteryFlow",
    "BatteryInterval",
    "BatteryLifetimeResponse",
    "BatterySettings",
    "BatterySettingsChargeFromGrid",
    "BatterySettingsEnergyIndependence",
    "BatterySettingsUpdate",
    "BatterySettingsUpdateBatteryMode",
    "BatterySettingsUpdateEnergyIndependence",
    "BatteryTelemetryResponse",
    "CellularModem",
    "CommandAcceptedResponse",
    "ConnectionType",
    "ConsumptionLifetimeResponse",
    "ConsumptionMeterInterval",
    "ConsumptionMeterReading",
    "ConsumptionMeterReadingsResponse",
    "ConsumptionMeterTelemetryResponse",
    "DataUnavailableError",
    "Device",
    "DeviceBatteryCharge",
    "DeviceBatteryFlow",
    "DeviceBatteryInterval",
    "DeviceGroups",
    "DevicesResponse",
    "EnchargeDevice",
    "EnchargeTelemetryResponse",
    "EnergyExportInterval",
    "EnergyExportLifetimeResponse",
    "EnergyExportTelemetryResponse",
    "EnergyImportInterval",
    "EnergyImportLifetimeResponse",
    "EnergyImportTelemetryResponse",
    "EnergyLifetimeResponse",
    "EvCharger",
    "EvChargerDevice",
    "EvChargerDevicesResponse",
    "EvChargerError",
    "EvChargerEvent",
    "EvChargerEventsResponse",
    "EvChargerGroups",
    "EvChargerInterval",
    "EvChargerLifetimeResponse",
    "EvChargerSchedule",
    "EvChargerScheduleSlot",
    "EvChargerSchedulesResponse",
    "EvChargerSession",
    "EvChargerSessionsResponse",
    "EvChargerTelemetryGranularity",
    "EvChargerTelemetryResponse",
    "EvChargerTelemetryResponseGranularity",
    "Event",
    "EventsResponse",
    "EventStatus",
    "EventType",
    "EventTypesResponse",
    "EvseInterval",
    "EvseLifetimeResponse",
    "EvsePower",
    "EvsePowerLimits",
    "EvseTelemetryIntervalDuration",
    "EvseTelemetryResponse",
    "EvseTelemetryResponseIntervalDuration",
    "GatewayDevice",
    "Granularity",
    "GridState",
    "GridStatus",
    "HeatPumpDevice",
    "HpInterval",
    "HpLifetimeResponse",
    "HpTelemetryIntervalDuration",
    "HpTelemetryResponse",
    "HpTelemetryResponseIntervalDuration",
    "InvertersSummary",
    "LatestDevices",
    "LatestEncharge",
    "LatestEnchargeMode",
    "LatestEvse",
    "LatestEvseMode",
    "LatestHeatPump",
    "LatestHeatPumpMode",
    "LatestMeter",
    "LatestTelemetryResponse",
    "LiveDataError",
    "LiveDataErrorError",
    "LiveDataErrorErrorDetailsItem",
    "LiveDataErrorErrorStatus",
    "LiveDataErrorType",
    "LiveDataEvent",
    "LiveDataMessage",
    "LiveReading",
    "LoadControl",
    "LoadControlEntry",
    "LoadControlEntryMode",
    "LoadControlEntryStatus",
    "LoadControlUpdate",
    "LoadControlUpdateMode",
    "Meta",
    "MeterChannelInterval",
    "MeterDevice",
    "MeterDeviceConfigPhase",
    "MeterDeviceConfigType",
    "MeterDeviceState",
    "MeterIntervals",
    "MicroDevice",
    "MicroInterval",
    "MicroInverterSummary",
    "MicroInverterSummaryStatus",
    "MicrosTelemetryResponse",
    "MicroTelemetryResponse",
    "MicroWithIntervals",
    "OpenAlarm",
    "OpenAlarmsResponse",
    "Production",
    "ProductionMeterInterval",
    "ProductionMeterReading",
    "ProductionMeterReadingsResponse",
    "ProductionMeterTelemetryResponse",
    "ProductionMicroInterval",
    "ProductionMicroTelemetryResponse",
    "Quantity",
    "QuantityUnits",
    "RateLimitError",
    "ReasonError",
    "RetrieveSystemIdResponse",
    "RgmInterval",
    "RgmStatsResponse",
    "SearchableStatus",
    "SearchedSystem",
    "SearchedSystemLiveStream",
    "SearchSystemsRequest",
    "SearchSystemsResponse",
    "SortBy",
    "StartChargingRequest",
    "StorageMeterReading",
    "StorageMeterReadingsResponse",
    "StormGuard",
    "StormGuardStormAlert",
    "StormGuardUpdate",
    "StormGuardUpdateStormGuardStatus",
    "SummaryResponse",
    "SummarySource",
    "System",
    "SystemFilters",
    "SystemsResponse",
    "SystemStatus",
    "UsagePeriod",
)
