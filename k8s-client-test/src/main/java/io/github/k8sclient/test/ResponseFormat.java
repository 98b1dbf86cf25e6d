package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The form in which a client wants the answer.
 *
 * @param encoding the encoding
 * @param view what of the objects is wanted
 */
record ResponseFormat(Encoding encoding, View view) {

	private static final List<String> MEDIA_TYPES = List.of(Encoding.JSON.mediaType(), Encoding.YAML.mediaType(),
			Encoding.PROTOBUF.mediaType());

	static final ResponseFormat JSON = new ResponseFormat(Encoding.JSON, View.OBJECT);

	boolean metadataOnly() {
		return this.view == View.METADATA;
	}

	/**
	 * Choose what the client likes best of what the server can do for the objects of a
	 * resource, which may be cut down to their metadata or to rows of a table.
	 * @param accept the header {@code Accept}, null if absent
	 * @param resource the resource
	 * @return the format
	 * @throws StatusException 406 if nothing fits
	 */
	static ResponseFormat ofObjects(@Nullable String accept, ServedResource resource) {
		ResponseFormat format = choose(accept, true, resource.isCustom());
		if (format == null) {
			throw resource.isCustom()
					? Statuses.notAcceptable("only the following media types are accepted: "
							+ "application/json, application/yaml, application/vnd.kubernetes.protobuf")
					: Statuses.notAcceptable(MEDIA_TYPES);
		}
		return format;
	}

	/**
	 * Choose what the client likes best of what the server can do for other documents.
	 * @param accept the header {@code Accept}, null if absent
	 * @return the encoding
	 * @throws StatusException 406 if nothing fits
	 */
	static Encoding ofDocuments(@Nullable String accept) {
		ResponseFormat format = choose(accept, false, false);
		if (format == null) {
			throw Statuses.notAcceptable(MEDIA_TYPES);
		}
		return format.encoding();
	}

	private static @Nullable ResponseFormat choose(@Nullable String accept, boolean views, boolean custom) {
		if (accept == null || accept.isBlank()) {
			return JSON;
		}
		for (Clause clause : clauses(accept)) {
			ResponseFormat format = clause.format(views);
			// only the metadata of custom resources has a form in protobuf
			if (format != null && !(custom && format.encoding() == Encoding.PROTOBUF && !format.metadataOnly())) {
				return format;
			}
		}
		return null;
	}

	/**
	 * The format of an error: as that of other answers, but an error is never refused.
	 * @param accept the header {@code Accept}, null if absent
	 * @return the encoding
	 */
	static Encoding ofErrors(@Nullable String accept) {
		ResponseFormat format = choose(accept, true, false);
		return (format != null) ? format.encoding() : Encoding.JSON;
	}

	private static List<Clause> clauses(String accept) {
		List<Clause> clauses = new ArrayList<>();
		for (String text : accept.split(",")) {
			String[] parts = text.split(";");
			Map<String, String> parameters = new HashMap<>();
			for (int i = 1; i < parts.length; i++) {
				int equals = parts[i].indexOf('=');
				if (equals > 0) {
					parameters.put(parts[i].substring(0, equals).trim(), parts[i].substring(equals + 1).trim());
				}
			}
			clauses.add(new Clause(parts[0].trim().toLowerCase(Locale.ROOT), parameters));
		}
		clauses.sort(Comparator.comparingDouble(Clause::quality).reversed());
		return clauses;
	}

	private record Clause(String mediaType, Map<String, String> parameters) {

		double quality() {
			try {
				return Double.parseDouble(this.parameters.getOrDefault("q", "1"));
			}
			catch (NumberFormatException ex) {
				return 0;
			}
		}

		@Nullable ResponseFormat format(boolean views) {
			Encoding encoding = switch (this.mediaType) {
				case "*/*", "application/*", "application/json" -> Encoding.JSON;
				case "application/vnd.kubernetes.protobuf" -> Encoding.PROTOBUF;
				case "application/yaml" -> Encoding.YAML;
				default -> null;
			};
			String as = this.parameters.get("as");
			if (encoding == null || as == null) {
				return (encoding != null) ? new ResponseFormat(encoding, View.OBJECT) : null;
			}
			boolean known = views && "v1".equals(this.parameters.get("v"))
					&& "meta.k8s.io".equals(this.parameters.get("g"));
			if (known && as.startsWith("PartialObjectMetadata") && encoding != Encoding.YAML) {
				return new ResponseFormat(encoding, View.METADATA);
			}
			return (known && as.equals("Table") && encoding == Encoding.JSON) ? new ResponseFormat(encoding, View.TABLE)
					: null;
		}

	}

	/**
	 * What of objects is wanted.
	 */
	enum View {

		/**
		 * The whole objects.
		 */
		OBJECT,

		/**
		 * Their metadata.
		 */
		METADATA,

		/**
		 * A row for each.
		 */
		TABLE

	}

}
