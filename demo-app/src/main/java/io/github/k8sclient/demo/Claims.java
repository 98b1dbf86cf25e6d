package io.github.k8sclient.demo;

import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaimSpec;
import io.github.k8sclient.api.core.v1.VolumeResourceRequirements;
import io.github.k8sclient.value.Quantity;

/**
 * What the claim watch reads from a claim.
 */
final class Claims {

	private Claims() {
	}

	/**
	 * Return the storage that a claim asks for.
	 * @param claim the claim
	 * @return the requested size, zero if the claim names none
	 */
	static Quantity size(PersistentVolumeClaim claim) {
		PersistentVolumeClaimSpec spec = claim.spec();
		VolumeResourceRequirements resources = (spec != null) ? spec.resources() : null;
		return (resources != null) ? resources.requests().getOrDefault("storage", Quantity.ZERO) : Quantity.ZERO;
	}

}
