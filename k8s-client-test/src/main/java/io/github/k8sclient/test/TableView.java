package io.github.k8sclient.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows objects as rows of a {@code Table}, as {@code kubectl get} asks for them. Custom
 * resources have the columns of their definition, built-in ones name and age only.
 */
final class TableView {

	private static final Column NAME = new Column("Name", "string", "name", 0, ".metadata.name",
			"Name must be unique within a namespace.");

	private static final Column AGE = new Column("Age", "date", "", 0, ".metadata.creationTimestamp",
			"CreationTimestamp is a timestamp representing the server time when this object was created.");

	private final List<Column> columns;

	private TableView(List<Column> columns) {
		this.columns = columns;
	}

	static TableView builtIn() {
		return new TableView(List.of(NAME, AGE));
	}

	/**
	 * The view of a custom resource.
	 * @param version its version within the definition
	 * @return the view
	 */
	static TableView custom(ObjectNode version) {
		List<Column> columns = new ArrayList<>(List.of(NAME));
		for (ObjectNode column : Trees.objects(version, "additionalPrinterColumns")) {
			String path = column.path("jsonPath").asString("");
			columns.add(new Column(column.path("name").asString(""), column.path("type").asString(""),
					column.path("format").asString(""), column.path("priority").asInt(0), path,
					column.path("description")
						.asString("Custom resource definition column (in JSONPath format): " + path)));
		}
		return (columns.size() > 1) ? new TableView(columns) : builtIn();
	}

	/**
	 * Begin a table.
	 * @param resourceVersion the resource version
	 * @return the table without rows
	 */
	ObjectNode table(String resourceVersion) {
		ObjectNode table = ModelCodec.MAPPER.createObjectNode();
		table.put("kind", "Table");
		table.put("apiVersion", "meta.k8s.io/v1");
		table.putObject("metadata").put("resourceVersion", resourceVersion);
		ArrayNode definitions = table.putArray("columnDefinitions");
		for (Column column : this.columns) {
			ObjectNode definition = definitions.addObject();
			definition.put("name", column.name());
			definition.put("type", column.equals(AGE) ? "string" : column.type());
			definition.put("format", column.format());
			definition.put("description", column.description());
			definition.put("priority", column.priority());
		}
		table.putArray("rows");
		return table;
	}

	/**
	 * Add a row.
	 * @param table the table
	 * @param object the object in the version of the request
	 * @param include what to add of the object: {@code None}, {@code Object}, or else its
	 * metadata
	 */
	void add(ObjectNode table, ObjectNode object, @Nullable String include) {
		ObjectNode row = table.withArray("rows").addObject();
		ArrayNode cells = row.putArray("cells");
		this.columns.forEach((column) -> cells.add(column.cell(object)));
		if ("Object".equals(include)) {
			row.set("object", object);
		}
		else if (!"None".equals(include)) {
			ObjectNode metadata = row.putObject("object");
			metadata.put("kind", "PartialObjectMetadata");
			metadata.put("apiVersion", "meta.k8s.io/v1");
			metadata.set("metadata", object.path("metadata"));
		}
	}

	/**
	 * A column.
	 *
	 * @param name the heading
	 * @param type the type of the cells
	 * @param format the format of the cells
	 * @param priority zero to be shown always
	 * @param path the path of the value
	 * @param description what it shows
	 */
	private record Column(String name, String type, String format, int priority, String path, String description) {

		JsonNode cell(ObjectNode object) {
			JsonNode value = ScalePaths.at(object, this.path);
			if (value.isMissingNode()) {
				return NullNode.getInstance();
			}
			return this.type.equals("date") ? ModelCodec.MAPPER.getNodeFactory().stringNode(age(value.asString("")))
					: value;
		}

		private static String age(String time) {
			Duration age = Duration.between(Instant.parse(time), Instant.now());
			if (age.toMinutes() < 2) {
				return Math.max(0, age.toSeconds()) + "s";
			}
			if (age.toHours() < 3) {
				return age.toMinutes() + "m";
			}
			return (age.toDays() < 2) ? age.toHours() + "h" : age.toDays() + "d";
		}

	}

}
