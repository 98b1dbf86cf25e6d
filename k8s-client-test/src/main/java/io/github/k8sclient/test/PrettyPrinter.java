package io.github.k8sclient.test;

import java.io.ByteArrayOutputStream;

import reactor.core.publisher.Flux;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;

/**
 * Indents JSON for people who ask for it with {@code ?pretty=true}.
 */
final class PrettyPrinter {

	private static final ObjectWriter INDENTING = ModelCodec.MAPPER.writer()
		.with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
			.withObjectNameValueSpacing(Separators.Spacing.AFTER)
			.withObjectEmptySeparator("")
			.withArrayEmptySeparator("")).withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

	private PrettyPrinter() {
	}

	static ApiResponse apply(ApiRequest request, ApiResponse answer) {
		boolean wanted = request.parameters().isOn("pretty") && !answer.stream()
				&& answer.contentType().equals(Encoding.JSON.mediaType());
		if (!wanted) {
			return answer;
		}
		Flux<byte[]> body = answer.body()
			.collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
			.map((json) -> INDENTING.writeValueAsBytes(ModelCodec.MAPPER.readTree(json.toByteArray())))
			.flux();
		return answer.withBody(body, null, false);
	}

}
