package io.github.k8sclient.observation;

import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.observation.RequestObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The {@link RequestObservationConvention} that is used unless another one is set.
 *
 * @since 0.1.0
 * @see LowCardinalityKeyNames
 */
public class DefaultRequestObservationConvention implements RequestObservationConvention {

	private static final String DEFAULT_NAME = "kubernetes.client.requests";

	private final String name;

	/**
	 * Create a convention with the default name {@code kubernetes.client.requests}.
	 */
	public DefaultRequestObservationConvention() {
		this(DEFAULT_NAME);
	}

	/**
	 * Create a convention with another name.
	 * @param name the name of the observations
	 */
	public DefaultRequestObservationConvention(String name) {
		Assert.hasText(name, "'name' must not be empty");
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(RequestObservationContext context) {
		StringBuilder name = new StringBuilder("kubernetes ").append(context.verb());
		if (context.resource() != null) {
			name.append(' ').append(context.resource());
		}
		if (context.subresource() != null) {
			name.append('/').append(context.subresource());
		}
		return name.toString();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RequestObservationContext context) {
		GroupVersion groupVersion = context.groupVersion();
		return KeyValues.of(value(LowCardinalityKeyNames.VERB, context.verb()),
				value(LowCardinalityKeyNames.GROUP, (groupVersion != null) ? group(groupVersion) : null),
				value(LowCardinalityKeyNames.VERSION, (groupVersion != null) ? groupVersion.version() : null),
				value(LowCardinalityKeyNames.RESOURCE, context.resource()),
				value(LowCardinalityKeyNames.SUBRESOURCE, context.subresource()),
				value(LowCardinalityKeyNames.CODE, (context.code() != null) ? context.code().toString() : null),
				value(LowCardinalityKeyNames.OUTCOME, outcome(context)),
				value(LowCardinalityKeyNames.EXCEPTION, exception(context.getError())));
	}

	private static KeyValue value(KeyName name, @Nullable String value) {
		return name.withValue((value != null) ? value : KeyValue.NONE_VALUE);
	}

	private static String group(GroupVersion groupVersion) {
		return groupVersion.group().isEmpty() ? "core" : groupVersion.group();
	}

	private static @Nullable String exception(@Nullable Throwable error) {
		return (error != null) ? error.getClass().getSimpleName() : null;
	}

	private static String outcome(RequestObservationContext context) {
		int code = (context.code() != null) ? context.code() : 0;
		if (context.cancelled()) {
			return "CANCELLED";
		}
		if (code >= 500) {
			return "SERVER_ERROR";
		}
		if (code >= 400) {
			return "CLIENT_ERROR";
		}
		if (code >= 300) {
			return "REDIRECTION";
		}
		return (context.getError() != null) ? "IO_ERROR" : "SUCCESS";
	}

}
