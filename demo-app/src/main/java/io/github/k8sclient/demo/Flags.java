package io.github.k8sclient.demo;

import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.value.Quantity;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The flags of the claim watch: {@code --namespace}, {@code --l} (label selector),
 * {@code --f} (field selector) and {@code --max-claims}.
 */
@Component
final class Flags {

	private final String namespace;

	private final String labelSelector;

	private final String fieldSelector;

	private final Quantity maxClaims;

	Flags(@Value("${namespace:}") String namespace, @Value("${l:}") String labelSelector,
			@Value("${f:}") String fieldSelector, @Value("${max-claims:200Gi}") String maxClaims) {
		this.namespace = namespace;
		this.labelSelector = labelSelector;
		this.fieldSelector = fieldSelector;
		this.maxClaims = Quantity.parse(maxClaims);
	}

	String namespace() {
		return this.namespace;
	}

	ListOptions listOptions() {
		return ListOptions.builder().labelSelector(this.labelSelector).fieldSelector(this.fieldSelector).build();
	}

	Quantity maxClaims() {
		return this.maxClaims;
	}

}
