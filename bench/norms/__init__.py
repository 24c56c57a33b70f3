"""All norms in force over a caseload, beside as many generated norms in OpenFisca and a plain copy."""
