package io.github.k8sclient.test;

import java.util.Map;

import io.github.k8sclient.meta.GroupVersionKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of {@code events.k8s.io/v1}, which are stored as core events: the same content
 * under other names.
 */
final class EventConversion implements VersionConversion {

	private static final Map<String, String> STORED_NAMES = Map.of("note", "message", "regarding", "involvedObject",
			"deprecatedSource", "source", "deprecatedFirstTimestamp", "firstTimestamp", "deprecatedLastTimestamp",
			"lastTimestamp", "deprecatedCount", "count", "reportingController", "reportingComponent");

	private final String table;

	EventConversion(String table) {
		this.table = table;
	}

	@Override
	public String table() {
		return this.table;
	}

	@Override
	public ObjectNode fromStorage(ObjectNode stored, GroupVersionKind kind) {
		ObjectNode event = stored.deepCopy();
		STORED_NAMES.forEach((name, storedName) -> rename(event, storedName, name));
		event.put("apiVersion", kind.apiVersion());
		return event;
	}

	@Override
	public ObjectNode toStorage(ObjectNode object) {
		STORED_NAMES.forEach((name, storedName) -> rename(object, name, storedName));
		object.put("apiVersion", "v1");
		return object;
	}

	private static void rename(ObjectNode object, String from, String to) {
		JsonNode value = object.remove(from);
		if (value != null) {
			object.set(to, value);
		}
	}

}
