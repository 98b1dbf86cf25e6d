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
 * @param metadataOnly whether objects are to be cut down to their metadata
 */
record ResponseFormat(Encoding encoding, boolean metadataOnly) {

	static final ResponseFormat JSON = new ResponseFormat(Encoding.JSON, false);

	/**
	 * Choose what the client likes best of what the server can do.
	 * @param accept the header {@code Accept}, null if absent
	 * @param views whether objects may be cut down to their metadata
	 * @return the format
	 * @throws StatusException 406 if nothing fits
	 */
	static ResponseFormat negotiate(@Nullable String accept, boolean views) {
		if (accept == null || accept.isBlank()) {
			return JSON;
		}
		for (Clause clause : clauses(accept)) {
			ResponseFormat format = clause.format(views);
			if (format != null) {
				return format;
			}
		}
		throw Statuses.notAcceptable();
	}

	/**
	 * The format of an error: as that of other answers, but an error is never refused.
	 * @param accept the header {@code Accept}, null if absent
	 * @return the encoding
	 */
	static Encoding ofErrors(@Nullable String accept) {
		try {
			return negotiate(accept, true).encoding();
		}
		catch (StatusException ex) {
			return Encoding.JSON;
		}
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
				default -> null;
			};
			String view = this.parameters.get("as");
			if (encoding == null || view == null) {
				return (encoding != null) ? new ResponseFormat(encoding, false) : null;
			}
			boolean metadata = view.startsWith("PartialObjectMetadata") && "v1".equals(this.parameters.get("v"))
					&& "meta.k8s.io".equals(this.parameters.get("g"));
			return (views && metadata) ? new ResponseFormat(encoding, true) : null;
		}

	}

}
